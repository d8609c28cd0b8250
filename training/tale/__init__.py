"""How the starter `tale` is made: a Llama in miniature on generated stories, poems and small functions"""
