"""The demo process gets no secret of the environment."""

from __future__ import annotations

from app.services.demo_process import without_secrets


def test_secrets_stay_with_the_program() -> None:
    environ = {
        "MIMO_API_KEY": "sk-1", "OPENAI_API_KEY": "2", "HF_TOKEN": "3", "AWS_SECRET_ACCESS_KEY": "4",
        "DB_PASSWORD": "5", "PATH": "/bin", "LANG": "C", "KEYBOARD": "us", "MIMO_BASE_URL": "https://x.example",
    }  # fmt: skip
    assert set(without_secrets(environ)) == {"PATH", "LANG", "KEYBOARD", "MIMO_BASE_URL"}


def test_secrets_are_known_by_their_value_too() -> None:
    environ = {
        "MIMO": "sk-0123456789", "HTTPS_PROXY": "http://me:word@proxy.example:8080", "OPENAI_KEY": "1", "GH_PAT": "2",
        "DATABASE_URL": "postgres://me:word@host/db", "MYSQL_PWD": "3", "AUTHORIZATION": "Bearer 4",
        "HEADER": "Bearer 5",
        "PWD": "/home/me", "OLDPWD": "/", "XAUTHORITY": "/x", "SSH_AUTH_SOCK": "/s",
        "HTTP_PROXY": "http://proxy.example", "LC_ALL": "C",
    }  # fmt: skip
    kept = {"PWD", "OLDPWD", "XAUTHORITY", "SSH_AUTH_SOCK", "HTTP_PROXY", "LC_ALL"}
    assert set(without_secrets(environ)) == kept
