"""The endpoint counts what is posted to it, however it comes."""

import gzip
import http.client
import unittest
from urllib.parse import urlsplit

from bench.endpoint import MARK, Endpoint
from bench.programs import BenchError


class Counting(unittest.TestCase):
    def post(self, connection, body, **more):
        connection.request("POST", "/logs", body, **more)
        response = connection.getresponse()
        response.read()
        self.assertEqual(200, response.status)

    def test_plain_compressed_and_chunked_bodies_are_counted_on_one_connection(self):
        with Endpoint() as endpoint:
            connection = http.client.HTTPConnection("127.0.0.1", urlsplit(endpoint.url).port, timeout=20)
            self.addCleanup(connection.close)
            self.post(connection, MARK * 3)
            self.post(connection, gzip.compress(MARK * 4), headers={"Content-Encoding": "gzip"})
            self.post(connection, iter([MARK[:4], MARK[4:] + MARK]), encode_chunked=True, headers={"Transfer-Encoding": "chunked"})
            self.post(connection, MARK + b"x" * (9 << 20))
            endpoint.wait(10, timeout=20)
            self.assertEqual(1, endpoint.compressed)

    def test_missing_records_are_reported(self):
        with Endpoint() as endpoint, self.assertRaisesRegex(BenchError, "only 0 of 1 records"):
            endpoint.wait(1, timeout=0.1)
