s=__package__
