# SPDX-License-Identifier: Apache-2.0
"""What users reach each process with: gRPC reflection, metrics, health, the REST API, a real browser."""
import subprocess
import unittest
import urllib.request

from stack import BUILD_DIR, PROCESSES, ROOT, Stack, await_that

SERVICES = {"scraper": "fails.v1.ScraperService", "normalizer": "fails.v1.NormalizerService",
            "analytics": "fails.v1.AnalyticsService", "insight": "fails.v1.InsightService",
            "gateway": "grpc.health.v1.Health"}


class SurfacesTest(unittest.TestCase):
    stack: Stack

    @classmethod
    def setUpClass(cls) -> None:
        cls.stack = Stack("--demo", "--quiet-demo")
        cls.addClassCleanup(cls.stack.__exit__, None, None, None)
        cls.stack.start()
        await_that(lambda: cls.stack.total() > 20, "the history")

    def test_reflection_lists_each_process_s_services(self) -> None:
        for process, service in SERVICES.items():
            with self.subTest(process):
                out = subprocess.run([BUILD_DIR + "/tests/grpc-ls", self.stack.things()[process]["grpc"]],
                                     check=True, capture_output=True, text=True, timeout=60)
                self.assertIn(service, out.stdout.split())
                self.assertIn("grpc.health.v1.Health", out.stdout.split())

    def test_metrics_of_each_process(self) -> None:
        for process in PROCESSES:
            with self.subTest(process):
                url = f"http://{self.stack.things()[process]['admin']}/metrics"
                text = urllib.request.urlopen(url, timeout=10).read().decode()
                self.assertIn("# TYPE fails_", text)

    def test_the_analysis_runs_end_to_end(self) -> None:
        listed = self.stack.get("/api/v1/analyses")["analyses"]
        self.assertIn("ttr-distribution", [a["id"] for a in listed])
        answer = self.stack.get("/api/v1/analyses/ttr-distribution?services=openai/api,openai/chatgpt")
        self.assertEqual(["openai/api", "openai/chatgpt"], [g["group"] for g in answer["result"]["groups"]])
        self.assertGreater(answer["n"], 0)
        self.assertEqual("seconds", answer["result"]["unit"])

    def test_demo_data_is_marked_in_the_api(self) -> None:
        for path in ("/api/v1/providers", "/api/v1/services", "/api/v1/pages", "/api/v1/incidents"):
            self.assertIn("emo", self.stack.get(path)["notice"], path)

    def test_in_a_real_browser(self) -> None:
        self.stack.browse(self.stack.things()["simulator"]["url"])


if __name__ == "__main__":
    unittest.main()
