"""The second workplace: what a model does to a whole data set, by the rows of a run."""
