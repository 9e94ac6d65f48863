package dev.confine.launch;

/** The machines the launcher is built for. The code is what the launcher's hello carries. */
public enum Architecture {
    X86_64(1),
    AARCH64(2);

    private final int code;

    Architecture(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }
}
