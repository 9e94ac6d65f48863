package dev.confine.runtime.compile;

import static dev.confine.runtime.compile.Code.num;
import static dev.confine.runtime.compile.Kernel.*;

import dev.confine.launch.Condition;
import dev.confine.launch.Errno;
import dev.confine.launch.Label;
import dev.confine.launch.Operand;
import dev.confine.launch.Operand.Data;
import dev.confine.launch.Operand.Register;
import dev.confine.launch.Syscall;
import dev.confine.runtime.netlink.Message;
import dev.confine.spec.NetDevice;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Interfaces of the caller's network namespace that become the container's, {@code config-linux.md#network-devices}, with their addresses of global scope, and set up. A
 * child of the front's stands with a socket in either namespace, rtnetlink(7). It moves none before all are there and their names are free inside. The kernel gives what is
 * hardware back when the namespace goes; what is virtual goes with it.
 */
final class NetDevices {
    private static final long SIOCGIFINDEX = 0x8933;
    private static final int IFREQ_SIZE = 64;
    private static final int IFR_INDEX = 16;
    private static final int STATX_INO = 32;
    /** What the kernel says at once, at most. */
    private static final int ANSWER_SIZE = 16384;

    private static final String WHERE = "/linux/netDevices";

    private final Code code;
    private final List<Device> devices = new ArrayList<>();
    private final Register outside;
    private final Register inside;
    private final Register target;
    private final Data word;
    private final Data answer;

    private NetDevices(Code code, Blueprint blueprint) {
        this.code = code;
        this.outside = code.asm.register();
        this.inside = code.asm.register();
        this.target = code.asm.register();
        this.word = code.asm.zeros(8);
        this.answer = code.asm.zeros(ANSWER_SIZE);
        for (Map.Entry<String, NetDevice> entry :
                blueprint.spec().linux().netDevices().entrySet()) {
            // on the way it has a name that nobody has inside, so that it is found there whatever the one of the
            // template becomes
            String onTheWay = "cf" + blueprint.caller().pid() + "-" + devices.size();
            devices.add(new Device(code, entry.getKey(), entry.getValue().name(), onTheWay));
        }
    }

    /** One of them, with the index of its interface, first outside and later inside. */
    private record Device(String name, String insideName, String onTheWay, Register index, Data indexes) {
        Device(Code code, String name, String insideName, String onTheWay) {
            this(name, insideName.isEmpty() ? name : insideName, onTheWay, code.asm.register(), code.asm.zeros(8));
        }

        String pointer() {
            return WHERE + "/" + name.replace("~", "~0");
        }
    }

    /** Moves them to where the process {@code pid} is; does nothing where there are none. */
    static void move(Code code, Blueprint blueprint, Register pid) {
        if (!blueprint.spec().linux().netDevices().isEmpty()) {
            new NetDevices(code, blueprint).move(pid);
        }
    }

    private void move(Register pid) {
        code.step("make the process that moves network devices", WHERE);
        Register child = code.asm.register();
        Label mover = new Label();
        Label moved = new Label();
        Stage.clone3(code, 0, SIGCHLD).into(child);
        code.asm.jumpIf(child, Condition.EQUAL, num(0), mover);
        code.call(Syscall.WAIT4, child, word, num(0), num(0)).repeating();
        code.asm.load(child, 4, word, num(0));
        code.asm.jumpIf(child, Condition.EQUAL, num(0), moved);
        code.asm.fail(num(Errno.ECHILD.number()));
        code.asm.place(mover);
        enter(pid);
        find();
        readAddresses();
        for (Device device : devices) {
            move(device);
            code.asm.release(device.index());
        }
        code.asm.exit(num(0));
        code.asm.place(moved);
        code.asm.release(child, outside, inside, target);
    }

    /** Into the container's network namespace, with a socket that stays outside. */
    private void enter(Register pid) {
        code.step("join the container's network namespace to move network devices", WHERE);
        code.cure(
                Errno.EINVAL,
                "it is the one that the devices are in already: have a new one, {\"type\": \"network\"}, or the path of another");
        code.cure(Errno.EPERM, "it takes CAP_SYS_ADMIN in the user namespace that owns it, and in yours");
        Register own = code.asm.register();
        Register mine = code.asm.register();
        Register theirs = code.asm.register();
        Label another = new Label();
        code.call(Syscall.OPENAT, num(AT_FDCWD), code.text("/proc/self/ns/net"), num(O_CLOEXEC), num(0))
                .into(own);
        code.call(Syscall.OPENAT, num(AT_FDCWD), code.procPath("/proc/", pid, "/ns/net"), num(O_CLOEXEC), num(0))
                .into(target);
        code.stat(own);
        code.asm.load(mine, 8, code.statx(), num(STATX_INO));
        code.stat(target);
        code.asm.load(theirs, 8, code.statx(), num(STATX_INO));
        code.asm.jumpIf(mine, Condition.NOT_EQUAL, theirs, another);
        code.asm.fail(num(Errno.EINVAL.number()));
        code.asm.place(another);
        code.asm.release(own, mine, theirs);
        socket(outside);
        code.call(Syscall.PRCTL, num(PR_SET_DUMPABLE), num(0), num(0), num(0), num(0));
        code.call(Syscall.SETNS, target, num(CLONE_NEWNET));
        socket(inside);
    }

    private void socket(Register socket) {
        code.call(Syscall.SOCKET, num(AF_NETLINK), num(SOCK_RAW | SOCK_CLOEXEC), num(NETLINK_ROUTE))
                .into(socket);
    }

    /** Whether all can be moved. */
    private void find() {
        for (Device device : devices) {
            code.step("find network device " + device.name(), device.pointer());
            code.cure(Errno.ENODEV, "there is none of that name here; `ip link` lists those there are");
            find(outside, device.name(), device.index());
            if (device.insideName().indexOf('%') < 0) {
                requireFree(device);
            }
        }
    }

    private void requireFree(Device device) {
        code.step(
                "look whether a network device " + device.insideName() + " is in the container already",
                device.pointer());
        code.cure(Errno.EEXIST, "there is one: give this one another \"name\"");
        Register taken = code.asm.register();
        Label free = new Label();
        Data request = request(device.insideName());
        code.call(Syscall.IOCTL, inside, num(SIOCGIFINDEX), request).into(taken).onError(Errno.ENODEV, free);
        code.asm.fail(num(Errno.EEXIST.number()));
        code.asm.place(free);
        code.asm.release(taken);
    }

    private void find(Register socket, String name, Register index) {
        Data request = request(name);
        code.call(Syscall.IOCTL, socket, num(SIOCGIFINDEX), request);
        code.asm.load(index, 4, request, num(IFR_INDEX));
    }

    private Data request(String name) {
        Data request = code.asm.zeros(IFREQ_SIZE);
        code.text(request, name.getBytes(StandardCharsets.US_ASCII));
        return request;
    }

    /** Tells Java all addresses, as long as it wants more. */
    private void readAddresses() {
        code.step("read the addresses of network devices", WHERE);
        byte[] question = Message.askForAddresses();
        Register count = code.asm.register();
        Label more = new Label();
        send(outside, code.asm.bytes(question), num(question.length));
        code.asm.place(more);
        receive(outside, count);
        code.asm.sendBytes(Tags.ADDRESSES, answer, count);
        code.asm.receive(count, word, 8, num(-1));
        code.asm.load(count, 1, word, num(0));
        code.asm.jumpIf(count, Condition.EQUAL, num(Tags.MORE), more);
        code.asm.release(count);
    }

    private void move(Device device) {
        code.step("move network device " + device.name() + " into the container", device.pointer());
        code.cure(Errno.EINVAL, "one of this kind cannot leave its network namespace");
        code.cure(Errno.EPERM, "it takes CAP_NET_ADMIN here and in the container's network namespace");
        byte[] move = Message.move(device.onTheWay());
        Data message = code.asm.bytes(move);
        code.asm.store(4, message, num(Message.INDEX), device.index());
        code.asm.store(4, message, num(Message.FIRST_VALUE), target);
        code.asm.store(4, device.indexes(), num(0), device.index());
        ask(outside, message, move.length);
        find(inside, device.onTheWay(), device.index());
        code.asm.store(4, device.indexes(), num(4), device.index());

        code.step("name network device " + device.name() + " " + device.insideName(), device.pointer() + "/name");
        code.cure(Errno.EEXIST, "there is one in the container already: give this one another \"name\"");
        change(device, Message.rename(device.insideName()));
        giveAddresses(device);
        code.step("set network device " + device.insideName() + " up", device.pointer());
        change(device, Message.up());
    }

    /** Those that Java says. */
    private void giveAddresses(Device device) {
        code.step("give network device " + device.insideName() + " its addresses", device.pointer());
        code.cure(Errno.EACCES, "IPv6 is off there: net.ipv6.conf.default.disable_ipv6");
        Register count = code.asm.register();
        Label next = new Label();
        Label all = new Label();
        code.asm.sendBytes(Tags.NET_DEVICE, device.indexes(), num(8));
        code.asm.place(next);
        code.asm.receive(count, answer, ANSWER_SIZE, num(-1));
        code.asm.jumpIf(count, Condition.EQUAL, num(1), all);
        send(inside, answer, count);
        hearAnswer(inside, count);
        code.asm.jump(next);
        code.asm.place(all);
        code.asm.release(count);
    }

    private void change(Device device, byte[] bytes) {
        Data message = code.asm.bytes(bytes);
        code.asm.store(4, message, num(Message.INDEX), device.index());
        ask(inside, message, bytes.length);
    }

    private void ask(Register socket, Data message, int length) {
        Register count = code.asm.register();
        send(socket, message, num(length));
        hearAnswer(socket, count);
        code.asm.release(count);
    }

    private void send(Register socket, Data message, Operand length) {
        code.call(Syscall.SENDTO, socket, message, length, num(0), num(0), num(0));
    }

    private void receive(Register socket, Register count) {
        code.call(Syscall.RECVFROM, socket, answer, num(ANSWER_SIZE), num(0), num(0), num(0))
                .into(count)
                .repeating();
    }

    /** Fails with the errno of the answer, if that is one. */
    private void hearAnswer(Register socket, Register scratch) {
        Label well = new Label();
        receive(socket, scratch);
        code.asm.load(scratch, 4, answer, num(Message.ERROR));
        code.asm.jumpIf(scratch, Condition.EQUAL, num(0), well);
        // it was read without its sign
        code.asm.add(scratch, scratch, num(-(1L << 32)));
        code.asm.fail(scratch);
        code.asm.place(well);
    }
}
