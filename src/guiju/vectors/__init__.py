"""Numbers for things: texts, pictures and sounds as vectors, their neighbours, their clusters, their place on a plane.

Knows neither SQL nor projects. A *backend* (`vectors.backends`) turns contents into vectors; what it learnt from the
first of them is its `State`, kept beside what was computed with it. All files but `names` bring NumPy, so they are
imported by those who compute, where they do.
"""
