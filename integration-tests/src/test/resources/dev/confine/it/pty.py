# A person at a terminal: pty.py STEP... -- COMMAND...
#   expect=TEXT   wait until it is written     send=TEXT     type it
#   resize=RxC    pull at the window           signal=NAME   to the command
#   pause=SECONDS
# Writes what was on the screen, exits as the command did, and complains when the terminal is not as it was before.
import fcntl, os, select, signal, struct, sys, termios, time


def resize(text, fd):
    rows, columns = text.split('x')
    fcntl.ioctl(fd, termios.TIOCSWINSZ, struct.pack('HHHH', int(rows), int(columns), 0, 0))


split = sys.argv.index('--')
steps, command = sys.argv[1:split], sys.argv[split + 1:]
master, slave = os.openpty()
resize('24x80', master)
before = termios.tcgetattr(slave), fcntl.fcntl(slave, fcntl.F_GETFL)
pid = os.fork()
if pid == 0:
    os.setsid()
    fcntl.ioctl(slave, termios.TIOCSCTTY, 0)
    for fd in 0, 1, 2:
        os.dup2(slave, fd)
    os.closerange(3, 64)
    # as from a shell that somebody types in, whatever started the tests
    for usual in signal.SIGINT, signal.SIGQUIT, signal.SIGHUP, signal.SIGTSTP:
        signal.signal(usual, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_SETMASK, [])
    os.execvp(command[0], command)

screen = b''
end = None


def look(seconds):
    global screen, end
    if select.select([master], [], [], seconds)[0]:
        screen += os.read(master, 65536)
    elif end is None:
        done, status = os.waitpid(pid, os.WNOHANG)
        end = status if done else None


def wait(until, what):
    limit = time.monotonic() + 20
    while not until():
        if time.monotonic() > limit:
            os.kill(pid, signal.SIGKILL)
            sys.exit('no %s: %r' % (what, screen[-2000:]))
        look(0.02)


def type_in(text):
    while text:
        _, writable, _ = select.select([], [master], [], 0)
        if writable:
            text = text[os.write(master, text[:512]):]
        look(0)


at = 0
for step in steps:
    word, _, text = step.partition('=')
    if word == 'expect':
        wait(lambda: screen.find(text.encode(), at) >= 0, text)
        at = screen.find(text.encode(), at) + len(text.encode())
    elif word == 'send':
        type_in(text.encode())
    elif word == 'resize':
        resize(text, master)
    elif word == 'signal':
        os.kill(pid, getattr(signal, 'SIG' + text))
    elif word == 'pause':
        limit = time.monotonic() + float(text)
        wait(lambda: time.monotonic() > limit, 'end of a pause')
wait(lambda: end is not None, 'end')
while select.select([master], [], [], 0.1)[0]:
    screen += os.read(master, 65536)
after = termios.tcgetattr(slave), fcntl.fcntl(slave, fcntl.F_GETFL)
sys.stdout.buffer.write(screen)
sys.stdout.flush()
if after != before:
    sys.exit('the terminal is not as it was: %s and not %s' % (after, before))
code = os.waitstatus_to_exitcode(end)
sys.exit(code if code >= 0 else 128 - code)
