"""
Building: one build of a generation, which can fail or be interrupted without harm.

In come the names of sources and the rules of the build. Out comes a generation that is complete, checked and live, or
the reason why there is none. An interrupted build goes on where it was; a trial reads all and builds nothing.
"""
