"""launchpolicy decides whether a product launch may go ahead."""

__version__ = "0.1.0"
