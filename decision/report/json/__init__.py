"""The machine contract (docs/json.md): results as plain data, in full precision."""
