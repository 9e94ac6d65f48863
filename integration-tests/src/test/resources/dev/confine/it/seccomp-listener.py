# Listens at a path for the listeners of seccomp filters: writes what comes with each to stdout, a line each, and answers. A call whose number is among the
# arguments gets errno 71, any other may go on.
import array, fcntl, os, socket, struct, sys, threading

path, refused = sys.argv[1], [int(number) for number in sys.argv[2:]]
NOTIF_RECV, NOTIF_SEND, CONTINUE = 0xC0502100, 0xC0182101, 1


def answer(fd):
    while True:
        call = bytearray(80)
        try:
            fcntl.ioctl(fd, NOTIF_RECV, call)
            identity, = struct.unpack_from("<Q", call, 0)
            number, = struct.unpack_from("<i", call, 16)
            error, flags = (-71, 0) if number in refused else (0, CONTINUE)
            fcntl.ioctl(fd, NOTIF_SEND, bytearray(struct.pack("<QqiI", identity, 0, error, flags)))
        except OSError as e:
            if e.errno != 2:
                return


server = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
server.bind(path)
os.chmod(path, 0o777)
server.listen()
print("listening", flush=True)
while True:
    connection, _ = server.accept()
    text, fds = b"", array.array("i")
    while True:
        part, controls, _, _ = connection.recvmsg(65536, socket.CMSG_SPACE(64))
        for level, kind, data in controls:
            fds.frombytes(data[: len(data) - len(data) % fds.itemsize])
        if not part:
            break
        text += part
    print(text.decode(), "with", len(fds), flush=True)
    for fd in fds:
        threading.Thread(target=answer, args=(fd,), daemon=True).start()
