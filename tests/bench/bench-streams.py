# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Handover developers
"""One event to 1,000 and to 5,000 streams: until the last one has it, time to connect, memory a stream.

The yardstick is nginx with nchan, one worker, on a port of its own, with the same bytes. It answers whoever publishes
when it has served the streams, we when the event is stored: so the two are compared from the request on, which counts
our commit to the disk and nothing like it on the other side. From the answer on there is our figure alone.
"""

import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile

from frame import Shop, Table, address_of, allow_many_files, on_disk, private_memory, program, quantile, write_request

from support.processes import end
from support.service import Service
from support.waiting import wait_until

TURNS = 5
ROUNDS = 20
TEXT = 'A person takes over from here and answers soon. Until then nothing is lost. Event $NUMBER$.'
MODULE = '/usr/lib/nginx/modules/ngx_nchan_module.so'
CONFIGURATION = '''
load_module {module};
daemon off;
worker_processes 1;
worker_rlimit_nofile 20000;
pid {folder}/pid;
error_log {folder}/error.log;
events {{ worker_connections 16000; }}
http {{
  access_log off;
  client_body_temp_path {folder}/body;
  proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi;
  scgi_temp_path {folder}/scgi;
  nchan_max_reserved_memory 256m;
  server {{
    listen 127.0.0.1:{port} backlog=1024;
    location = /subscribe {{ nchan_subscriber eventsource; nchan_channel_id bench; }}
    location = /publish {{ nchan_publisher; nchan_channel_id bench; }}
  }}
}}
'''


class Streams:
    """The generator with its open streams: how long that took, and how much memory it cost the server."""

    def __init__(self, address, processes, count, subscribe, publish):
        before = private_memory(*processes)
        self.child = subprocess.Popen([program('load-streams'), address, str(count), subscribe, publish],
                                      stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.seconds = float(self.child.stdout.readline() or 'nan')
        self.memory = (private_memory(*processes) - before) / count

    def measure(self, rounds):
        """For each event (milliseconds since the answer, since the request) until the last stream had it."""
        self.child.stdin.write('%d\n' % rounds)
        self.child.stdin.flush()
        line = self.child.stdout.readline().split()
        if len(line) != rounds:
            raise AssertionError('the generator gave up')
        return [[float(number) for number in word.split(':')] for word in line]

    def close(self):
        self.child.stdin.close()
        self.child.stdout.close()
        if self.child.wait() != 0:
            raise AssertionError('the generator failed')


class Nchan:
    """nginx with the module, and a folder of its own."""

    def __init__(self):
        self.folder = tempfile.mkdtemp(prefix='hd-nchan-')
        with socket.socket() as probe:
            probe.bind(('127.0.0.1', 0))
            self.port = probe.getsockname()[1]
        configuration = os.path.join(self.folder, 'nginx.conf')
        with open(configuration, 'w', encoding='ascii') as file:
            file.write(CONFIGURATION.format(folder=self.folder, port=self.port, module=MODULE))
        self.child = subprocess.Popen(['/usr/sbin/nginx', '-p', self.folder, '-e', self.folder + '/error.log',
                                       '-c', configuration], stderr=subprocess.DEVNULL)
        wait_until(self._answers, 'nginx to answer')

    def __enter__(self):
        return self

    def __exit__(self, *_):
        end(self.child)
        shutil.rmtree(self.folder, ignore_errors=True)

    def _answers(self):
        with socket.socket() as probe:
            return probe.connect_ex(('127.0.0.1', self.port)) == 0

    def processes(self):
        """The master serves nothing."""
        with open('/proc/%d/task/%d/children' % (self.child.pid, self.child.pid), encoding='ascii') as file:
            return [int(word) for word in file.read().split()]

def stream_of(service):
    """What to subscribe to and to publish at the service, and the event that comes of it."""
    shop = Shop(service)
    subscribe = write_request(os.path.join(service.directory, 'subscribe'), 'GET', '/v1/events', shop.owner.token)
    body = ('{"transition_message": "%s"}' % TEXT).encode()
    publish = write_request(os.path.join(service.directory, 'publish'), 'PATCH', '/v1/business', shop.owner.token, body)
    with shop.owner.stream('/v1/events') as stream:
        shop.owner.patch('/v1/business', {'transition_message': TEXT})
        event = stream.next('business.updated')
    return subscribe, publish, json.dumps(event.data, ensure_ascii=False).encode()


def stream_of_nchan(nchan, event):
    subscribe = write_request(os.path.join(nchan.folder, 'subscribe'), 'GET', '/subscribe',
                              headers='Accept: text/event-stream\r\n')
    return subscribe, write_request(os.path.join(nchan.folder, 'publish'), 'POST', '/publish', body=event)


def report(table, count, ours, theirs, pairs):
    what = '%d streams: ' % count
    mine, others = ([since_request for _, since_request in pair] for pair in pairs)
    answered = [since_answer for since_answer, _ in pairs[0]]
    table.line(what + 'request to last stream, p50', quantile(mine, 0.5), quantile(others, 0.5), unit='ms')
    table.line(what + 'request to last stream, p99', quantile(mine, 0.99), quantile(others, 0.99), 0.8, unit='ms')
    table.alone(what + 'answer to last stream, p50', quantile(answered, 0.5), 'ms')
    table.alone(what + 'answer to last stream, p99', quantile(answered, 0.99), 'ms')
    table.line(what + 'time to connect all', ours.seconds, theirs.seconds, unit='s')
    table.absolute(what + 'memory a stream', ours.memory / 1024, theirs.memory / 1024, 2, 'KB')


def take_turns(table, count, service, nchan):
    """Both keep their streams open, so that what else the machine does meets both."""
    subscribe, publish, event = stream_of(service)
    ours = Streams(address_of(service.direct), [service.child.pid], count, subscribe, publish)
    theirs = Streams('127.0.0.1:%d' % nchan.port, nchan.processes(), count, *stream_of_nchan(nchan, event))
    pairs = [], []
    for _ in range(TURNS):
        pairs[0].extend(ours.measure(ROUNDS))
        pairs[1].extend(theirs.measure(ROUNDS))
    ours.close()
    theirs.close()
    report(table, count, ours, theirs, pairs)


def measure(table, count):
    with tempfile.NamedTemporaryFile('w', suffix='.conf') as configuration, Nchan() as nchan:
        # All of them come from here, which an address on its own may not.
        configuration.write('[http]\nconnections-per-address=%d\n' % (2 * count))
        configuration.flush()
        with on_disk() as folder, Service(folder, ['--config', configuration.name]) as service:
            take_turns(table, count, service, nchan)


def main():
    allow_many_files()
    table = Table('one event to many streams')
    for count in (1000, 5000):
        if os.path.exists(MODULE):
            measure(table, count)
        else:
            table.skip('one event to %d streams' % count, 'nginx with nchan is not installed')
    table.end()


if __name__ == '__main__':
    sys.exit(main())
