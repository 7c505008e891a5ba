"""Overlap between jobs: measures, what two jobs share and lack, transitions, clusters; numbers only, no names."""
