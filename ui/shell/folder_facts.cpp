#include "ui/shell/folder_facts.h"

#include <QLocale>
#include <QVBoxLayout>

#include "ui/look/theme.h"
#include "ui/shell/folder_list.h"
#include "ui/state/memory_meter.h"

namespace b3o {
namespace {

constexpr int kThousand = 1000;

QString listText(const std::vector<std::string>& files) {
  QStringList names;
  for (size_t i = 0; i < std::min<size_t>(3, files.size()); ++i) names << QString::fromUtf8(files[i]);
  const QString text = names.join(QStringLiteral(", "));
  return files.size() <= 3 ? text : FolderFacts::tr("%1 and %2 more").arg(text).arg(files.size() - 3);
}

}  // namespace

FolderFacts::FolderFacts(ModelShelf& shelf, const ModelState& model, QWidget* parent)
    : QWidget(parent), shelf_(shelf), model_(model) {
  build();
  connect(verify_, &QPushButton::clicked, &shelf_,
          [this] { shelf_.check() == ModelShelf::Check::running ? shelf_.stopVerifying() : shelf_.verify(); });
}

void FolderFacts::build() {
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(space::s);
  name_ = new Label({}, Tint::text, this);
  name_->setFont(textFont(kHeadingPx, QFont::DemiBold));
  path_ = new Label({}, Tint::secondary, this);
  path_->setFont(textFont(kSecondaryPx));
  holds_ = new Paragraph({}, Tint::secondary, this);
  problem_ = new ErrorLine(this);
  column->addWidget(name_);
  column->addWidget(path_);
  column->addWidget(holds_);
  column->addWidget(problem_);

  fit_box_ = new QWidget(this);
  auto* fit = new QGridLayout(fit_box_);
  fit->setContentsMargins(0, space::xs, 0, 0);
  fit->setHorizontalSpacing(space::m);
  fit->setVerticalSpacing(3);
  fit->setColumnStretch(0, 1);
  fit_title_ = new Label({}, Tint::text, fit_box_);
  fit_title_->setFont(textFont(kBodyPx, QFont::DemiBold));
  fit->addWidget(fit_title_, 0, 0, 1, 2);
  for (int row = 0; row < kRows; ++row) {
    terms_[row] = new Label({}, Tint::secondary, fit_box_);
    amounts_[row] = new Label({}, Tint::text, fit_box_);
    amounts_[row]->setTabular(true);
    amounts_[row]->setWhole(true);
    amounts_[row]->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    fit->addWidget(terms_[row], row + 1, 0);
    fit->addWidget(amounts_[row], row + 1, 1);
  }
  verdict_ = new Paragraph({}, Tint::text, fit_box_);
  fit->addWidget(verdict_, kRows + 1, 0, 1, 2);
  column->addWidget(fit_box_);

  check_box_ = new QWidget(this);
  auto* check = new QVBoxLayout(check_box_);
  check->setContentsMargins(0, space::xs, 0, 0);
  check->setSpacing(6);
  verify_ = b3o::makeButton({}, "plain", check_box_);
  progress_ = new QProgressBar(check_box_);
  progress_->setTextVisible(false);
  progress_->setRange(0, kThousand);
  result_ = new Paragraph({}, Tint::secondary, check_box_);
  check->addWidget(verify_, 0, Qt::AlignLeft);
  check->addWidget(progress_);
  check->addWidget(result_);
  column->addWidget(check_box_);
  column->addStretch(1);
}

void FolderFacts::render() {
  const ModelFolder* facts = shelf_.facts();
  name_->setText(facts                       ? QString::fromUtf8(facts->name)
                 : shelf_.chosen().isEmpty() ? tr("No folder chosen")
                                             : QString());
  path_->setText(shownPath(shelf_.chosen()));
  const bool sound = facts && facts->complete();
  QStringList holds;
  if (facts && facts->bytes > 0) holds << tr("%1 on disk").arg(bytesText(facts->bytes));
  if (sound) holds << abilitiesText(facts->can) << tr("all files are there");
  holds_->setWords(holds.join(QStringLiteral(" · ")));
  problem_->setSentence(facts && !sound ? QString::fromUtf8(facts->problem) : shelf_.fitError());
  renderFit();
  renderCheck();
}

void FolderFacts::renderFit() {
  const auto fit = shelf_.fit(model_.ready() && !model_.resting() ? model_.info().copied_bytes : 0);
  const bool sound = shelf_.facts() && shelf_.facts()->complete();
  fit_box_->setVisible(fit || (sound && shelf_.fitError().isEmpty()));
  fit_title_->setText(
      fit ? tr("Memory on %1 in %2, estimated").arg(QString::fromUtf8(fit->device), QString::fromUtf8(fit->number_type))
          : tr("Estimating the memory..."));
  fit_title_->setToolTip(fit ? plainToolTip(QString::fromUtf8(fit->reason)) : QString());
  const QLocale locale;
  const std::pair<QString, uint64_t> rows[kRows] = {
      {tr("Weights"), fit ? fit->weights : 0},
      {tr("Weights that stay in the files"), fit ? fit->mapped : 0},
      {tr("Conversation of %1 tokens").arg(locale.toString(fit ? fit->cache_tokens : 0)), fit ? fit->cache : 0},
      {tr("While a picture is drawn"), fit ? fit->scratch : 0}};
  for (int row = 0; row < kRows; ++row) {
    terms_[row]->setText(rows[row].first);
    amounts_[row]->setText(bytesText(rows[row].second));
    for (auto* label : {terms_[row], amounts_[row]}) label->setVisible(rows[row].second > 0);
  }
  verdict_->setWords(fit ? verdictText(*fit) : QString());
  if (fit)
    verdict_->setTint(fit->verdict() == Fit::Verdict::fits   ? Tint::good
                      : fit->verdict() == Fit::Verdict::slow ? Tint::warn
                                                             : Tint::bad);
}

QString FolderFacts::verdictText(const Fit& fit) const {
  const QString amounts = tr("About %1 of %2 that are free.").arg(bytesText(fit.need()), bytesText(fit.free));
  switch (fit.verdict()) {
    case Fit::Verdict::fits:
      return tr("It fits. %1").arg(amounts);
    case Fit::Verdict::slow:
      return tr("It works slowly: weights are read from the disk again and again. %1").arg(amounts);
    case Fit::Verdict::too_large:
      return tr("It does not fit: %1 are missing. %2").arg(bytesText(fit.need() - fit.free), amounts);
  }
  return {};
}

void FolderFacts::renderCheck() {
  using Check = ModelShelf::Check;
  const Check check = shelf_.check();
  const bool runs = check == Check::running;
  check_box_->setVisible(shelf_.facts() && shelf_.facts()->complete());
  verify_->setText(runs ? tr("Stop") : tr("Check the files"));
  verify_->setAccessibleName(runs ? tr("Stop checking the files") : tr("Check the files"));
  verify_->setToolTip(plainToolTip(tr("Compare every file with the SHA-256 that the folder lists")));
  progress_->setAccessibleName(tr("Progress of the check"));
  progress_->setVisible(runs);
  progress_->setValue(int(shelf_.checked() * kThousand));
  const HashReport& report = shelf_.report();
  QString text;
  Tint tint = Tint::secondary;
  if (check == Check::stopped) {
    text = tr("The check was stopped.");
  } else if (check == Check::failed) {
    text = shelf_.checkError();
    tint = Tint::bad;
  } else if (check == Check::done && report.listed == 0) {
    text = tr("No list of hashes in this folder.");
  } else if (check == Check::done && !report.wrong.empty()) {
    text = tr("%1 of %2 files differ from their hash: %3. Get them again.")
               .arg(report.wrong.size())
               .arg(report.listed)
               .arg(listText(report.wrong));
    tint = Tint::bad;
  } else if (check == Check::done && !report.missing.empty()) {
    text = tr("Listed, but not there: %1.").arg(listText(report.missing));
    tint = Tint::bad;
  } else if (check == Check::done) {
    text = tr("All %n listed file(s) match their hash.", nullptr, report.listed);
    if (!report.unlisted.empty()) text += QLatin1Char(' ') + tr("Not listed: %1.").arg(listText(report.unlisted));
    tint = Tint::good;
  }
  result_->setWords(text);
  result_->setTint(tint);
}

}  // namespace b3o
