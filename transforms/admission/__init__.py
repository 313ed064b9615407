"""Which entries a pass takes on: pure rules over what history says of them."""

from transforms.admission.admit import Admission, admit

__all__ = ["Admission", "admit"]
