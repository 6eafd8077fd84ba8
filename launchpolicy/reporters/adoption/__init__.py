"""Write the first files of a launch repository as text for the people who complete them."""
