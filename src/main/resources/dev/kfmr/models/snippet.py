# Pipelines and the Model Registry from Python.
#
# On this machine, while kfmr forward runs:
#   Model Registry   {registry}
#   Pipelines        {pipelines}
# In the cluster, from a pipeline's component:
#   Model Registry   {inCluster}
#   Pipelines        {pipelinesInCluster}
#
# In a component the token is in the secret {secret} of the namespace {namespace}, under the key token.
#
#   pip install {clients}

from kfp import Client
from model_registry import ModelRegistry

registry = ModelRegistry("http://localhost", {registryPort}, author="me", is_secure=False)
for model in registry.get_registered_models():
    print("registered:", model.name)

pipelines = Client(host="{pipelines}")
for pipeline in pipelines.list_pipelines(page_size=20).pipelines or []:
    print("pipeline:", pipeline.display_name)
