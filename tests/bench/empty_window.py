"""The peer of our start: the least that PySide6 can put on the screen."""

import sys

from PySide6.QtWidgets import QApplication, QWidget

app = QApplication(sys.argv)
window = QWidget()
window.resize(1440, 900)
window.show()
sys.exit(app.exec())
