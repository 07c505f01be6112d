"""The component's own function, by the real client, against the registry's recorded answers; and the compiled file.

KFMR_TEST_REGISTRY names a real registry to run against, such as http://localhost:8082 while kfmr forward runs.
"""

import os
import tempfile
import unittest
import uuid
import warnings
from pathlib import Path
from types import SimpleNamespace
from unittest import mock
from urllib.parse import urlsplit

from kfp import compiler
from model_registry import ModelRegistry

import pipeline
from registry_contract import RegistryContract

HERE = Path(__file__).parent


class CompiledPipelineTest(unittest.TestCase):
    def test_the_file_is_what_the_compiler_makes_of_the_source(self):
        with tempfile.TemporaryDirectory() as folder:
            fresh = Path(folder, "pipeline.yaml")
            compiler.Compiler().compile(pipeline.register_model, str(fresh))
            self.assertEqual(HERE.joinpath("pipeline.yaml").read_text(), fresh.read_text())


class RegisteringTest(unittest.TestCase):
    def setUp(self):
        warnings.simplefilter("ignore")
        self.folder = self.enterContext(tempfile.TemporaryDirectory())
        self.contract = None
        self.address = os.environ.get("KFMR_TEST_REGISTRY")
        if not self.address:
            self.contract = self.enterContext(RegistryContract())
            self.address = self.contract.address
        self.enterContext(mock.patch.dict(os.environ, MR_AUTH_TOKEN="the-token", POD_NAMESPACE="kubeflow"))
        self.model = f"model-{uuid.uuid4()}"

    def register(self, **changed):
        output = SimpleNamespace(
            path=str(Path(self.folder, "model")), uri="minio://mlpipeline/v2/artifacts/model", metadata={}
        )
        arguments = {
            "model_name": self.model,
            "model_version": "",
            "model_uri": "",
            "model_format_name": "json",
            "model_format_version": "1",
            "author": "test",
            "registry_address": self.address,
            "run_id": str(uuid.uuid4()),
            "run_name": "a run",
            "output_model": output,
            **changed,
        }
        registered = pipeline.register_model_to_kubeflow_registry.python_func(**arguments)
        return registered, output

    def client(self):
        address = urlsplit(self.address)
        return ModelRegistry(f"http://{address.hostname}", address.port, author="test", is_secure=False)

    def test_model_version_artifact_and_lineage_can_be_read_back(self):
        registered, output = self.register(run_id="f3c9d2e1-0000", model_version="v1")

        client = self.client()
        self.assertEqual(registered.model_id, client.get_registered_model(self.model).id)
        self.assertEqual(registered.version_id, client.get_model_version(self.model, "v1").id)
        artifact = client.get_model_artifact(self.model, "v1")
        self.assertEqual("minio://mlpipeline/v2/artifacts/model", artifact.uri)
        self.assertEqual(
            ("kfp", "pipelinerun", "kubeflow", "f3c9d2e1-0000", "a run"),
            (
                artifact.model_source_kind,
                artifact.model_source_class,
                artifact.model_source_group,
                artifact.model_source_id,
                artifact.model_source_name,
            ),
        )
        self.assertEqual(registered.version_id, output.metadata["versionID"])
        self.assertTrue(output.metadata["modelRegistryURL"].endswith(f"/model_versions/{registered.version_id}"))

    def test_each_run_makes_a_version_of_its_own(self):
        first, _ = self.register()
        second, _ = self.register()

        self.assertEqual(first.model_id, second.model_id)
        self.assertNotEqual(first.version, second.version)

    def test_a_version_that_is_there_already_is_explained(self):
        self.register(model_version="v1")

        with self.assertRaisesRegex(RuntimeError, "has a version v1 already. Choose another model_version"):
            self.register(model_version="v1")

    def test_the_token_is_sent(self):
        if not self.contract:
            self.skipTest("a real registry does not tell what it was sent")
        self.register()

        self.assertIn("Bearer the-token", self.contract.authorizations)


if __name__ == "__main__":
    unittest.main()
