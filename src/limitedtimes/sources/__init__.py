"""Where articles come from: the catalogue of publishers, feeds, sitemaps, OPML lists, archives. Fetches nothing."""
