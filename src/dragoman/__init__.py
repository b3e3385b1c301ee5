"""dragoman reads reporting on politics and keeps the ledger of relations between states."""
