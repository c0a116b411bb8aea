"""The product attacked as strangers, spammers and colleagues of another shop would attack it."""
