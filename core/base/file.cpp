#include "core/base/file.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <new>

#include "core/base/error.h"

namespace b3o {
namespace {

// Owns a descriptor for the length of a function.
struct Descriptor {
  int fd;
  ~Descriptor() {
    if (fd >= 0) ::close(fd);
  }
};

// Opens a regular file for reading and tells its size.
int open_regular(const std::filesystem::path& file, size_t& size) {
  const int fd = ::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (fd < 0) throw LoadError(cat(file.string(), ": cannot be opened (", std::strerror(errno), ")"));
  struct stat st{};
  if (::fstat(fd, &st) != 0 || !S_ISREG(st.st_mode)) {
    ::close(fd);
    throw LoadError(cat(file.string(), ": is not a regular file"));
  }
  size = size_t(st.st_size);
  return fd;
}

}  // namespace

std::string read_file(const std::filesystem::path& file, size_t max_bytes) {
  size_t size = 0;
  const Descriptor in{open_regular(file, size)};
  if (size > max_bytes)
    throw LoadError(cat(file.string(), ": has ", size, " bytes, at most ", max_bytes, " are accepted here"));
  std::string out(size, '\0');
  size_t got = 0;
  while (got < size) {
    const ssize_t n = ::read(in.fd, out.data() + got, size - got);
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) throw LoadError(cat(file.string(), ": reading failed (", std::strerror(errno), ")"));
    if (n == 0) break;  // it shrank while we read
    got += size_t(n);
  }
  out.resize(got);
  return out;
}

std::shared_ptr<const MappedFile> MappedFile::open(const std::filesystem::path& file) {
  size_t size = 0;
  const Descriptor in{open_regular(file, size)};
  std::shared_ptr<MappedFile> mapped(new MappedFile);
  mapped->path_ = file;
  if (size > 0) {
    void* p = ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, in.fd, 0);
    if (p == MAP_FAILED && errno == ENOMEM) throw std::bad_alloc();
    if (p == MAP_FAILED) throw LoadError(cat(file.string(), ": cannot be mapped (", std::strerror(errno), ")"));
    mapped->data_ = static_cast<const std::byte*>(p);
    mapped->size_ = size;
  }
  return mapped;
}

MappedFile::~MappedFile() {
  if (data_) ::munmap(const_cast<std::byte*>(data_), size_);
}

AtomicFile::AtomicFile(std::filesystem::path target) : target_(std::move(target)) {
  temporary_ = target_;
  temporary_ += cat(".part-", ::getpid());
  fd_ = ::open(temporary_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  if (fd_ < 0) fail("cannot be created");
}

AtomicFile::~AtomicFile() {
  if (fd_ < 0) return;
  ::close(fd_);
  ::unlink(temporary_.c_str());
}

void AtomicFile::fail(const char* what) {
  const int reason = errno;
  throw Error(cat(target_.string(), ": ", what, " (", std::strerror(reason), ")"));
}

void AtomicFile::write(std::span<const std::byte> bytes) {
  while (!bytes.empty()) {
    const ssize_t n = ::write(fd_, bytes.data(), bytes.size());
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) fail("writing failed");
    bytes = bytes.subspan(size_t(n));
  }
}

void AtomicFile::finish() {
  if (::fdatasync(fd_) != 0) fail("writing failed");
  const int fd = fd_;
  fd_ = -1;
  const char* failure = nullptr;
  if (::close(fd) != 0)
    failure = "writing failed";
  else if (::rename(temporary_.c_str(), target_.c_str()) != 0)
    failure = "cannot be replaced";
  if (failure) {
    const int reason = errno;
    ::unlink(temporary_.c_str());
    errno = reason;
    fail(failure);
  }
  const auto folder = target_.has_parent_path() ? target_.parent_path() : std::filesystem::path(".");
  const Descriptor dir{::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)};
  // Some file systems cannot sync a folder and say so; the rename has happened either way.
  if (dir.fd >= 0 && ::fsync(dir.fd) != 0 && errno != EINVAL && errno != ENOTSUP && errno != EBADF)
    fail("is written, but its folder could not be synced");
}

void write_file(const std::filesystem::path& target, std::string_view bytes) {
  AtomicFile file(target);
  file.write(bytes);
  file.finish();
}

}  // namespace b3o
