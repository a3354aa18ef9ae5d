"""What the workbench does. Services own their tasks and see the outside through the protocols in `ports`."""
