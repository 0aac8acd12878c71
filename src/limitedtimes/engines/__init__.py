"""Machine translation engines behind one seam, `protocols.Translator`. An engine sees strings, never an article."""
