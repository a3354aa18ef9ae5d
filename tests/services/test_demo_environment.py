"""The demo process gets no secret of the environment."""

from __future__ import annotations

from app.services.demo_process import without_secrets


def test_secrets_stay_with_the_program() -> None:
    environ = {
        "MIMO_API_KEY": "sk-1", "OPENAI_API_KEY": "2", "HF_TOKEN": "3", "AWS_SECRET_ACCESS_KEY": "4",
        "DB_PASSWORD": "5", "PATH": "/bin", "LANG": "C", "KEYBOARD": "us", "MIMO_BASE_URL": "https://x.example",
    }  # fmt: skip
    assert set(without_secrets(environ)) == {"PATH", "LANG", "KEYBOARD", "MIMO_BASE_URL"}
