"""The model and its schema accept the same documents, good ones and spoilt ones."""

from __future__ import annotations
