"""What a recurrent network is, and the way; plans, a projector, what I have solved, and a self-test."""

import streamlit as st

from exercises.catalogue import EXERCISES
from lesson.frame.links import choose_part
from lesson.frame.navigation import begin
from lesson.start import introduction
from lesson.start.parameters import PARAMETERS, SECTION

begin(__file__, PARAMETERS)
part = choose_part(SECTION)

# What the other parts need is heavy, and the first page comes without it.
if part == "Start":
    introduction.show([exercise.minutes for exercise in EXERCISES])
elif part == "Plan a lesson":
    st.title("Plan a lesson")
    from lesson.course import plan

    plan.show()
elif part == "Projector":
    from lesson.course import projector

    projector.show()
elif part == "Self-test":
    st.title("Self-test")
    from lesson.course import self_test

    self_test.show()
else:
    st.title("My course")
    from lesson.course import my_course

    my_course.show({exercise.number: exercise.title for exercise in EXERCISES})
