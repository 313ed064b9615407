"""The commands of `communique`, one file each: arguments in, exit status out.

Their modules import what the command line needs and nothing else; what a command works with is
imported inside it, so that each answers as soon as its own parts are loaded.
"""
