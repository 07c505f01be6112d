
# With kfmr forward open, from Python:
import subprocess
import kfp
from model_registry import ModelRegistry

token = subprocess.run(["kfmr", "access", "token"], check=True, capture_output=True, text=True).stdout.strip()
pipelines = kfp.Client(host="{gateway}/pipeline", existing_token=token, namespace="kubeflow-user-example-com")
registry = ModelRegistry("{gateway}", int("{gateway}".rsplit(":", 1)[1]), author="me", is_secure=False, user_token=token)
