"""What one state of the notices says otherwise than another: as promises broken, and in words."""
