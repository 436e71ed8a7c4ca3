"""Sealed files: each file of a results folder is compared with its hash in the manifest before it is first used."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from schoolsim.studies.errors import DamagedError
from schoolsim.studies.store.files import sha256
from schoolsim.studies.store.folder import Folder
from schoolsim.studies.store.schema import SealedName


class SealedFiles:
    """The files of a results folder whose hashes its manifest holds."""

    def __init__(self, folder: Folder, hashes: Mapping[SealedName, str]) -> None:
        """Compare with `hashes`, those of the manifest."""
        self._folder, self._hashes = folder, {str(name): digest for name, digest in hashes.items()}
        self._sound: set[str] = set()

    def __contains__(self, path: Path) -> bool:
        """Whether the manifest has a hash of the file."""
        return path.name in self._hashes

    def require(self, path: Path) -> Path:
        """The path of a file that is the one that was written; it is read once to know.

        Raises:
            DamagedError: If it is not there, is another one, or the manifest knows of no such file.
        """
        if path.name not in self._sound:
            fault = self.fault(path)
            if fault:
                raise DamagedError(
                    f"{path} {fault}. Put it back from a copy, or run the study in a new folder: the tables come out "
                    f"the same. schoolsim verify {self._folder.path} checks every file"
                )
            self._sound.add(path.name)
        return path

    def fault(self, path: Path) -> str:
        """The end of a sentence that begins with the path: what is wrong with the file; empty if it is sound."""
        if path.name not in self._hashes:
            return "has no hash in the manifest"
        try:
            digest = sha256(path)
        except FileNotFoundError:
            return "is missing"
        except OSError as error:
            return f"cannot be read: {error.strerror or error}"
        return "" if digest == self._hashes[path.name] else "is not the file that was written"
