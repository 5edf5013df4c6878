"""Learn from labelled talk (``cscheck[train]``): fit, calibrate and measure a model; not needed to use one."""
