"""The lessons as pages that open in any browser, without Python: `python -m alliance.pages OUT`.

Each lesson is run, and what its cells show is written down: texts as HTML, charts with the states
that their controls can take, questions with what is said of an answer. The notebooks are the only
source, and the course's own chart.js draws. No page asks anything of any server.
"""
