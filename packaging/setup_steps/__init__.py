"""What has to stand before the project can run. Standard library only, and readable by any Python from 3.8 on."""
