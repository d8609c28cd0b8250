"""What other tools write into pictures, in the words of this playground; knows no file and no model.

Everything read is data from outside: it is taken as text and numbers, never evaluated, and its values are unchecked.
"""
