"""What was learned from labelled talk: a small linear model over characters, judged without any library."""
