"""Five exercises with gaps to fill; `python -m exercises` lists them and checks what you wrote.

catalogue   the five: title, goal, hints, question
exercise_n  the files to fill in; solutions/solution_n.py are the same with every gap filled
student     a student's file, loaded and called; what goes wrong in it becomes one sentence
judge       a result against the right one; a typical mistake is recognised by what it would give
check_n     what each exercise must give, by `lstm`; mistakes/ has typical ones where they are many

A student's file runs on the student's machine only: nothing here is called by the course's server.
"""
