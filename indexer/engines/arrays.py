"""What the arrays of the engines are typed as."""

from typing import Any

import numpy as np

Array = np.ndarray[Any, np.dtype[Any]]
"""An array of one dimension, unless its name says otherwise."""
