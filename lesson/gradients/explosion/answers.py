"""What the two pictures of the part *Explosion* ask while their controls are moved."""

from lesson.gradients.explosion.lstm_answers import lstm_explosion
from lesson.gradients.explosion.rnn_answers import explosion
from lesson.widgets.source import Source

ANSWERS = {
    "gradients/explosion": Source(explosion, in_thread=True),
    "gradients/lstm_explosion": Source(lstm_explosion, in_thread=True, slow=True),
}
