# Pipelines and the Model Registry from Python, of an installation behind a login.
#
# On this machine, while kfmr forward runs:
#   Model Registry   {registry}
#   Pipelines        {pipelines}
# In the cluster, from a pipeline's component:
#   Model Registry   {inCluster}
#   Pipelines        {pipelinesInCluster}
#
# In a component the token is in the secret {secret} of the namespace {namespace}, under the key token.
# The gateway wants another one: Dex's own, which kfmr access token prints. It ends after a day.
#
#   pip install {clients}

import subprocess

from kfp import Client
from model_registry import ModelRegistry

asked = ["kfmr", "access", "token", "--name", "{name}"]
token = subprocess.run(asked, check=True, capture_output=True, text=True).stdout.strip()

registry = ModelRegistry("http://localhost", {registryPort}, author="me", is_secure=False, user_token=token)
for model in registry.get_registered_models():
    print("registered:", model.name)

pipelines = Client(host="{pipelines}/pipeline", existing_token=token, namespace="{namespace}")
for pipeline in pipelines.list_pipelines(page_size=20, namespace="{namespace}").pipelines or []:
    print("pipeline:", pipeline.display_name)
