"""The Hugging Face hub: models are fetched from it when the user asks for them, and never else."""
