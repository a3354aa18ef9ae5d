"""The compare room: takes by ear, with names or blind, and what a blind test found."""
