"""
Answers queries: text in, ranked and highlighted articles out.

`answers` makes a question an answer: `query` reads its text, `live` gives out the generation that is live, `engines`
find and rank in it, `passages` mark what is shown, `suggesting` says what may have been meant. `service` and `commands`
ask in the name of people and programs, `reviewing` in that of operators.
"""
