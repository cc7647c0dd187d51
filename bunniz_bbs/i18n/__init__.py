"""Words in four languages. English sentences are the message ids."""

from bunniz_bbs.i18n.words import N_, Words, words_for

__all__ = ["N_", "Words", "words_for"]
