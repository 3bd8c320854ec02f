"""A room full of people against a real server: how fast it answers, and that it forgets nothing.

`rooms` makes the room and compares what was acknowledged with what is stored; `server` runs
gunicorn as the Procfile does, and kills it; `people` is everybody in the room, over HTTP alone;
`measuring` puts them together.
"""
