"""Vietnamese analysis: from printed text to tokens whose offsets point back into it."""
