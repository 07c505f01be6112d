"""A pipeline that registers a model in the Kubeflow Model Registry, with its lineage.

    python pipeline.py            writes pipeline.yaml, which the Pipelines UI and kfmr demo run
"""

import os
import sys
from typing import NamedTuple

from kfp import compiler, dsl, kubernetes

# What kfmr connect makes, in the namespace that runs run in.
SECRET = "model-registry-auth"
SECRET_KEY = "token"

# An image of your own that has kfp and model-registry at these very versions makes a run work without a network.
BASE_IMAGE = os.environ.get("BASE_IMAGE", "python:3.11-slim")


@dsl.component(base_image=BASE_IMAGE, packages_to_install=["model-registry==0.3.8"])
def register_model_to_kubeflow_registry(
    model_name: str,
    model_version: str,
    model_uri: str,
    model_format_name: str,
    model_format_version: str,
    author: str,
    registry_address: str,
    run_id: str,
    run_name: str,
    output_model: dsl.Output[dsl.Model],
) -> NamedTuple("Registered", [("model_id", str), ("version_id", str), ("version", str)]):
    """Registers a model and a version of it; fails when the version is there already.

    Args:
        model_version: empty for one that no other run has.
        model_uri: where the model lies; empty for what this run itself writes.
        registry_address: such as http://model-registry-service.kubeflow.svc.cluster.local:8080
        run_id: of the run that registers it, for the lineage. KFP sets no variables for these: they come as parameters.
        run_name: the run's display name.
    """
    import json
    import os
    from collections import namedtuple
    from datetime import datetime, timezone
    from urllib.parse import urlsplit

    from model_registry import ModelRegistry
    from model_registry.exceptions import StoreError

    with open(output_model.path, "w", encoding="utf-8") as file:
        json.dump({"model": model_name, "made_by": run_id, "weights": [0.5, -1.25, 3.0]}, file)

    version = model_version or f"{datetime.now(timezone.utc):%Y%m%d-%H%M%S}-{run_id[:8]}"
    uri = model_uri or output_model.uri
    address = urlsplit(registry_address)
    secure = address.scheme == "https"
    registry = ModelRegistry(
        f"{address.scheme}://{address.hostname}",
        address.port or (443 if secure else 80),
        author=author,
        is_secure=secure,
        user_token=os.environ.get("MR_AUTH_TOKEN"),
    )
    try:
        model = registry.register_model(
            model_name,
            uri,
            version=version,
            model_format_name=model_format_name,
            model_format_version=model_format_version,
            version_description=f"Registered by the run {run_name}.",
            model_source_kind="kfp",
            model_source_class="pipelinerun",
            model_source_group=os.environ.get("POD_NAMESPACE", ""),
            model_source_id=run_id,
            model_source_name=run_name,
        )
    except StoreError as error:
        if "already exists" not in str(error):
            raise
        raise RuntimeError(
            f"The model {model_name} has a version {version} already. Choose another model_version, "
            "or leave it empty for one that no other run has."
        ) from error

    registered = registry.get_model_version(model_name, version)
    url = f"{registry_address}/api/model_registry/v1alpha3/model_versions/{registered.id}"
    output_model.metadata["modelName"] = model_name
    output_model.metadata["versionName"] = version
    output_model.metadata["modelID"] = model.id
    output_model.metadata["versionID"] = registered.id
    output_model.metadata["modelRegistryURL"] = url
    print(f"Registered {model_name} {version}: {url}")
    result = namedtuple("Registered", ["model_id", "version_id", "version"])
    return result(model.id, registered.id, version)


@dsl.pipeline(name="register-model", description="Registers a model, with the run that made it.")
def register_model(
    model_name: str = "kfmr-demo",
    model_version: str = "",
    model_uri: str = "",
    model_format_name: str = "json",
    model_format_version: str = "1",
    author: str = "kfmr",
    registry_address: str = "http://model-registry-service.kubeflow.svc.cluster.local:8080",
):
    task = register_model_to_kubeflow_registry(
        model_name=model_name,
        model_version=model_version,
        model_uri=model_uri,
        model_format_name=model_format_name,
        model_format_version=model_format_version,
        author=author,
        registry_address=registry_address,
        run_id=dsl.PIPELINE_JOB_ID_PLACEHOLDER,
        run_name=dsl.PIPELINE_JOB_NAME_PLACEHOLDER,
    )
    # Answered from the cache, a run would register nothing.
    task.set_caching_options(False)
    kubernetes.use_secret_as_env(task, secret_name=SECRET, secret_key_to_env={SECRET_KEY: "MR_AUTH_TOKEN"})
    kubernetes.use_field_path_as_env(task, env_name="POD_NAMESPACE", field_path="metadata.namespace")


if __name__ == "__main__":
    compiler.Compiler().compile(register_model, sys.argv[1] if len(sys.argv) > 1 else "pipeline.yaml")
