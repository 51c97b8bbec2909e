"""
The server: waitress, with what strangers may do to its connections bounded, in one or several processes.

A request comes in on a connection (`connections`), is read (`parsing`), waits in a lane (`lanes`), and is answered by
the app in a thread (`tasks`). `listener` has the loop of one process, `workers` sees to the processes, `board` and
`shared` are what these know of each other. What is changed of waitress is changed in subclasses, and each change has a
test.
"""
