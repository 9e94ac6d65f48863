# A machine within the machine, for programs that are masters of one.
#   sandbox.sh make CGROUP DIRECTORY    makes it: all namespaces but that of users are new, /etc is a copy in DIRECTORY, /var and /run are empty, the devices
#                                       that anyone could harm are copies, and the cgroups lie below CGROUP in each hierarchy; says "ready", and stays
#   sandbox.sh enter WORD...            runs a command in its cgroups, from inside
set -eu

# where the hierarchies of cgroups are mounted
hierarchies() { awk '/ - cgroup2? / { print $5 }' /proc/self/mountinfo; }

make() {
	for hierarchy in $(hierarchies); do
		mkdir "$hierarchy/$1"
		for file in cpuset.cpus cpuset.mems; do
			[ ! -e "$hierarchy/$file" ] || cat "$hierarchy/$file" >"$hierarchy/$1/$file"
		done
		echo $$ >"$hierarchy/$1/cgroup.procs"
	done
	exec unshare --mount --net --pid --uts --ipc --cgroup --fork --kill-child --mount-proc sh "$0" inside "$@"
}

inside() {
	cp -a /etc "$2/etc"
	mount --bind "$2/etc" /etc
	mount -t tmpfs -o mode=755 tmpfs /var
	mkdir -p /var/lib /var/cache /var/log /var/home
	mkdir -m 1777 /var/tmp
	ln -s /run /var/run
	mount -t tmpfs -o mode=755 tmpfs /run
	mkdir -p /run/lock /run/devices /run/staging
	for hierarchy in $(hierarchies); do
		mount --bind "$hierarchy/$1" /run/staging
		umount "$hierarchy"
		mount --move /run/staging "$hierarchy"
	done
	rmdir /run/staging
	if [ -e /sys/fs/cgroup/cgroup.controllers ]; then
		# a cgroup of v2 has processes, or controllers for those below it
		mkdir /sys/fs/cgroup/init
		echo 0 >/sys/fs/cgroup/init/cgroup.procs
		sed 's/[a-z]*/+&/g' /sys/fs/cgroup/cgroup.controllers >/sys/fs/cgroup/cgroup.subtree_control
	fi
	device null 1 3
	device net/tun 10 200
	device fuse 10 229
	mount -t tmpfs -o mode=1777 tmpfs /dev/shm
	mount --make-rshared /
	busybox ip link set lo up
	echo ready
	# and it takes the end of every process that nobody waits for
	while :; do
		sleep 1000000 &
		wait
	done
}

device() {
	[ ! -e "/dev/$1" ] || {
		mknod -m 666 "/run/devices/$3" c "$2" "$3"
		mount --bind "/run/devices/$3" "/dev/$1"
	}
}

enter() {
	for hierarchy in $(hierarchies); do
		[ ! -d "$hierarchy/init" ] || hierarchy=$hierarchy/init
		echo $$ >"$hierarchy/cgroup.procs"
	done
	exec "$@"
}

"$@"
