"""Looks through a run's rows: filters, sorts, confusions, wrong reasons, mean maps, thumbnails."""
