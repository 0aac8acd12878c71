"""SEAM Runner: who calls which station, in which process, on which machine."""
