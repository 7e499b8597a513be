"""Files of answers, whatever their size: three columns out of CSV and Parquet, in memory or dealt out into shards.

The kernels of `stats` run on shards alike, one after another on this machine or on many machines at once. This room
knows files, DuckDB and the engine; it knows no formula.
"""
