"""Commands that tests run speak English, whatever the locale of whoever runs them."""

import os

os.environ["TRATIN_LANG"] = "en"
