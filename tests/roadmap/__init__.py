"""Tests of roadmap."""
